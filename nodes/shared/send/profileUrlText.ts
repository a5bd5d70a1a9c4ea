import type { ProfileUrlProblem } from '../../../sendpilot/profileUrl';

/** What is wrong with a profile URL, without a full stop, and what to paste instead. */
interface Advice {
	what: string;
	next: string;
}

const PASTE_PROFILE =
	'Open the profile on LinkedIn and copy the address from the browser, e.g. https://www.linkedin.com/in/jane-doe.';

/** The advice for everything that is not the address of a LinkedIn profile. */
export const PROFILE_URL_TEXTS: Record<ProfileUrlProblem, Advice> = {
	empty: {
		what: 'the LinkedIn profile URL is empty',
		next: `${PASTE_PROFILE} If it comes from an expression, check that this item has a value there.`,
	},
	notText: {
		what: 'the LinkedIn profile URL is not a text',
		next: 'Check the expression: it has to give the address itself, not an object or list that holds it.',
	},
	several: {
		what: 'the LinkedIn profile URL holds several addresses',
		next: 'Give one address for each item. Split the list into items first, e.g. with the Split Out node.',
	},
	unreadable: { what: 'the LinkedIn profile URL is not a web address', next: PASTE_PROFILE },
	otherSite: { what: 'the LinkedIn profile URL leads to another site', next: PASTE_PROFILE },
	shortLink: {
		what: 'the LinkedIn profile URL is a short link (lnkd.in), which does not show the profile',
		next: 'Open the link, then copy the address of the profile from the browser.',
	},
	company: {
		what: 'the LinkedIn profile URL is the page of a company or school',
		next: `Messages go to people. ${PASTE_PROFILE}`,
	},
	salesNavigator: {
		what: 'the LinkedIn profile URL is a Sales Navigator link',
		next: 'In Sales Navigator, open the menu (…) of the person, choose "Copy LinkedIn.com URL", and paste that.',
	},
	recruiter: {
		what: 'the LinkedIn profile URL is a Recruiter link',
		next: 'In Recruiter, open the public profile of the person and copy its address (linkedin.com/in/…).',
	},
	opaqueId: {
		what: 'the LinkedIn profile URL holds an internal LinkedIn ID (ACoAA…), by which SendPilot cannot find the person',
		next: 'Open the address in a browser where you are signed in to LinkedIn. LinkedIn then shows the public one, e.g. https://www.linkedin.com/in/jane-doe; paste that.',
	},
	oldPublicProfile: {
		what: 'the LinkedIn profile URL is of an old form (linkedin.com/pub/…)',
		next: 'Open it in a browser; LinkedIn leads on to the current address (linkedin.com/in/…). Paste that.',
	},
	otherPage: {
		what: 'the LinkedIn profile URL is a page of LinkedIn that is no profile',
		next: PASTE_PROFILE,
	},
	noProfileName: {
		what: 'the LinkedIn profile URL lacks the name of the profile after /in/',
		next: PASTE_PROFILE,
	},
};
