/** The supported languages: the folders of packages/words/catalogs. Written by `npm run words`. */
export const languages = ['en', 'de', 'es', 'fr', 'pt'] as const
export type Language = (typeof languages)[number]
