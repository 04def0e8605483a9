/** `display` is the program that makes one; null if there is one. */
export function findWebkit(): { driver: string; display: string | null } | null
