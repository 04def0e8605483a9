/** Replaces the name of a contact whose data was erased. */
export const erasedName = 'Erased person'
