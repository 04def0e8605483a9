/** `title` says what happened; `cure` says what to do about it and is the default detail. */
export type Catalog = Record<string, { status: number; title: string; cure: string }>
