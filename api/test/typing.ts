/**
 * A form sent within two seconds of being opened wasn't filled in by a person. `drawnAt` is in milliseconds since 1970.
 */
export const typedLikeAPerson = (drawnAt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, drawnAt + 2_200 - Date.now()))
