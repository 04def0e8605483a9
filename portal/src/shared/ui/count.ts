/** "1,284", or "1,000+" if there are that many or more. */
export const countText = (count: number, isCapped = false): string =>
  `${count.toLocaleString('en-US')}${isCapped ? '+' : ''}`
