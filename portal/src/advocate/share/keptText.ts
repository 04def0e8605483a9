const nameOf = (code: string) => `goodword.portal.text.${code}`

/** What an advocate writes before the link, kept on this device for each code. Blocked storage keeps nothing. */
export function keepTextsIn(storage: () => Storage) {
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
