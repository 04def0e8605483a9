/** Tells the library where a request came from. Ignored when it comes from outside. */
export const clientAddressHeader = 'x-goodword-client-address'
/** Tells the library which organization a new session works in. Ignored when it comes from outside. */
export const organizationHeader = 'x-goodword-organization'
