const nameOf = (code: string) => `goodword.portal.text.${code}`

/** The advocate's own text before the link, stored on this device by code. If storage is blocked, nothing is stored. */
export function createTextStorage(storage: () => Storage) {
  const attempt = <T>(action: (at: Storage) => T): T | null => {
    try {
      return action(storage())
    } catch {
      return null
    }
  }
  return {
    read: (code: string) => attempt((at) => at.getItem(nameOf(code))),
    write: (code: string, text: string | null) =>
      attempt((at) => (text === null ? at.removeItem(nameOf(code)) : at.setItem(nameOf(code), text))),
  }
}
