/** The fields of the form. Apart from `who`, they are called as in the API. */
export const fieldNames = ['who', 'name', 'phone', 'email', 'message', 'answer', 'consent'] as const
export type FieldName = (typeof fieldNames)[number]
export type Values = Record<FieldName, string>
/** One message per invalid field. A Map, because a plain object would inherit what the page added to Object.prototype. */
export type FieldErrors = ReadonlyMap<FieldName, string>
