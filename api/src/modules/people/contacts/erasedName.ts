/** What stands in place of the name of someone whose data was erased. */
export const erasedName = 'Erased person'
