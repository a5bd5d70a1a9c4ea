import { DUTCH } from './dutch';
import { ENGLISH } from './english';
import { FRENCH } from './french';
import { GERMAN } from './german';
import { ITALIAN } from './italian';
import { OTHERS } from './others';
import { POLISH } from './polish';
import { PORTUGUESE } from './portuguese';
import { SPANISH } from './spanish';
import { SWEDISH } from './swedish';
import { TECHNICAL } from './technical';
import { TRICKY } from './tricky';
import { TURKISH } from './turkish';

/** Ordinary messages by language. */
export const BY_LANGUAGE = {
	ENGLISH,
	GERMAN,
	FRENCH,
	SPANISH,
	ITALIAN,
	PORTUGUESE,
	DUTCH,
	POLISH,
	SWEDISH,
	TURKISH,
};

/** Who the messages are for. */
export const PERSON =
	/(?<!\p{L})(?:Anna|Lena|Camille|Lucía|Giulia|Beatriz|Sanne|Marta|Elin|Elif)(?!\p{L})/u;

/** Where these people work. */
export const COMPANY = 'Norvik';

/** All ordinary messages, none of which has an unfinished part. */
export const ORDINARY = [...Object.values(BY_LANGUAGE).flat(), ...OTHERS, ...TECHNICAL, ...TRICKY];
