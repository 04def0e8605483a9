/**
 * A startup error that the person running the server can fix: a setting, a port, a folder. Printed as one sentence,
 * exit code 1.
 */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}
