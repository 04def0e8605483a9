import * as z from 'zod'

/** How many `#` a pattern of generated codes has at least: nobody guesses one of 600 million. */
export const patternPlacesLeast = 6

/** "FRIEND-######": each # becomes a letter or digit that is easy to read; the rest stays. */
export const CodePattern = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9#-]+$/, 'Use letters, digits, dashes and #.')
  .max(30, 'Use 30 characters or fewer.')
  .refine((pattern) => pattern.split('#').length > patternPlacesLeast, {
    message: `Use at least ${patternPlacesLeast} # signs, or codes can be guessed.`,
  })
export type CodePattern = z.infer<typeof CodePattern>
