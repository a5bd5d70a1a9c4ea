import type { ProfileUrlProblem } from '../../sendpilot/profileUrl';
import type { Explanation } from './explanation';

/** Without a name that an AI agent could take for the recipient's. */
const PASTE_PROFILE =
	'Open the profile on LinkedIn and copy the address from your browser (linkedin.com/in/…).';

/** What is wrong with a profile URL, and what to paste instead. */
export const PROFILE_URL_EXPLANATIONS: Record<ProfileUrlProblem, Explanation> = {
	empty: {
		what: 'the LinkedIn Profile URL is empty',
		next: `${PASTE_PROFILE} If it comes from an expression, check that this item has a value there.`,
	},
	notText: {
		what: 'the LinkedIn Profile URL is not text',
		next: 'Check the expression in LinkedIn Profile URL: it must return the address itself, not an object or list around it.',
	},
	several: {
		what: 'the LinkedIn Profile URL contains several addresses',
		next: 'Use one address per item. Split the list into items first, e.g. with the Split Out node.',
	},
	unreadable: { what: 'the LinkedIn Profile URL is not a web address', next: PASTE_PROFILE },
	otherSite: { what: 'the LinkedIn Profile URL points to another website', next: PASTE_PROFILE },
	shortLink: {
		what: 'the LinkedIn Profile URL is a short link (lnkd.in), which hides the profile',
		next: 'Open the link, then copy the address of the profile from your browser.',
	},
	company: {
		what: 'the LinkedIn Profile URL is a company or school page',
		next: `It must be the profile of a person. ${PASTE_PROFILE}`,
	},
	salesNavigator: {
		what: 'the LinkedIn Profile URL is a Sales Navigator link',
		next: 'In Sales Navigator, open the menu (…) next to the person, choose "Copy LinkedIn.com URL", and paste that.',
	},
	recruiter: {
		what: 'the LinkedIn Profile URL is a Recruiter link',
		next: 'In Recruiter, open the public profile of the person and copy its address (linkedin.com/in/…).',
	},
	opaqueId: {
		what: 'the LinkedIn Profile URL contains an internal LinkedIn ID (ACoAA…), which SendPilot cannot use',
		next: 'Open it in a browser where you are signed in to LinkedIn. The address bar then shows the public address (linkedin.com/in/…). Paste that.',
	},
	oldPublicProfile: {
		what: 'the LinkedIn Profile URL has the old form linkedin.com/pub/…',
		next: 'Open it in a browser: LinkedIn redirects to the current address (linkedin.com/in/…). Paste that.',
	},
	otherPage: {
		what: 'the LinkedIn Profile URL is a LinkedIn page, but not a profile',
		next: PASTE_PROFILE,
	},
	noProfileName: {
		what: 'the LinkedIn Profile URL has no profile name after /in/',
		next: PASTE_PROFILE,
	},
	noValue: {
		what: 'the LinkedIn Profile URL has "undefined", "null" or the like in place of a profile name',
		next: 'Check the expression in LinkedIn Profile URL: part of it has no value for this item, or not one that is text.',
	},
	ownProfile: {
		what: 'the LinkedIn Profile URL is linkedin.com/in/me, which is whoever is signed in to LinkedIn',
		next: 'Use the address with the name of the profile (linkedin.com/in/…). It must be the profile of the person, not your own.',
	},
};
