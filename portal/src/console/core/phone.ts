/** "+14155550142" as "(415) 555-0142"; numbers of other countries, and what is no number, as they are. */
export function showPhone(phone: string | null): string | null {
  const american = phone && /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone)
  return american ? `(${american[1]}) ${american[2]}-${american[3]}` : phone
}
