/** Adds an entry to a map, and drops the one that was added longest ago if there are more than `max`. */
export function keepLatest<Value>(
	map: Map<string, Value>,
	key: string,
	value: Value,
	max: number,
): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > max) map.delete(map.keys().next().value!);
}
