import pc from 'picocolors';
import { CURRENT_N8N, installN8n, type InstalledN8n } from '../../editor/install';
import { circumstances } from './circumstances';
import { measureCpu } from './cpuCost';
import { measureEvents } from './eventCost';
import { lineOf } from './figures';
import { measureJobEvent } from './jobEventCost';
import { measureLeads } from './leadCost';
import { measureLoad } from './loadCost';
import { measureMemory } from './memoryCost';
import { withPlace } from './place';
import { saveResults, writeReport } from './report';
import type { Measured } from './results';
import { rowsOf, SECTIONS, type Section } from './rows';
import { FULL, QUICK, type Scale } from './scale';
import { chosenSections } from './sections';
import { LOG_STATEMENTS, measureStore } from './storeCost';
import { measureTime } from './timeCost';

const MEASURE: Record<Section, (n8n: InstalledN8n, scale: Scale) => Measured | Promise<Measured>> =
	{
		async messages(n8n, scale) {
			return await withPlace(n8n, {}, async (place) => await measureCpu(place, scale));
		},
		async pace(n8n, scale) {
			const time = await withPlace(n8n, {}, async (place) => await measureTime(place, scale));
			const store = await withPlace(
				n8n,
				{ env: LOG_STATEMENTS },
				async (place) => await measureStore(place, scale),
			);
			return { rows: { ...time.rows, ...store.rows } };
		},
		async leads(n8n, scale) {
			const settings = { leads: Math.max(...scale.readLeads) };
			return await withPlace(n8n, settings, async (place) => await measureLeads(place, scale));
		},
		memory: measureMemory,
		async events(n8n, scale) {
			return await withPlace(n8n, {}, async (place) => await measureEvents(place, scale));
		},
		job: measureJobEvent,
		start: measureLoad,
	};

/** Measures less, judges nothing and writes nothing. */
const QUICK_FLAG = '--quick';

/**
 * Measures in a real n8n with SQLite, and writes the report. Parts that are not measured keep their results.
 */
async function main(): Promise<void> {
	if (process.platform !== 'linux') throw new Error('The benchmark needs Linux: it reads /proc');
	const args = process.argv.slice(2);
	const isQuick = args.includes(QUICK_FLAG);
	const chosen = chosenSections(
		Object.keys(SECTIONS) as Section[],
		args.filter((arg) => arg !== QUICK_FLAG),
	);
	const n8n = await installN8n(CURRENT_N8N, console.log);
	const where = circumstances(n8n);
	console.log(`\nn8n ${n8n.version}`);
	if (isQuick) console.log('Everything is smaller than its name says: the results mean nothing.');
	for (const section of chosen) {
		console.log(`\n${pc.bold(SECTIONS[section])}`);
		const measured = await MEASURE[section](n8n, isQuick ? QUICK : FULL);
		for (const row of rowsOf(section)) {
			const rounds = measured.rows[row.id];
			if (!rounds) throw new Error(`${row.job} was not measured`);
			console.log(lineOf(row, rounds, !isQuick));
		}
		if (isQuick) continue;
		await saveResults(section, measured, where);
		await writeReport();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
