/** Code of the notice that only an administrator of the team changes this. */
export const ADMINS_ONLY = 'admins-only';

/** Code of the notice that the settings were saved, but Chrome did not take the list of sites. */
export const NOT_REGISTERED = 'not-registered';
