/** The header in which we tell the library where a request came from; never believed from outside. */
export const clientAddressHeader = 'x-goodword-client-address'
/** The header in which we tell it where a new session works; never believed from outside. */
export const organizationHeader = 'x-goodword-organization'
