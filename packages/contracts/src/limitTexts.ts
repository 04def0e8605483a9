import * as z from 'zod'

type Limit = { origin: string; minimum?: unknown; maximum?: unknown; inclusive?: boolean | undefined }

/** Says a limit to a person. What a schema says itself comes first; what has no sentence here keeps zod's. */
function limitText({ origin, minimum, maximum, inclusive = true }: Limit): string | undefined {
  const limit = Number(minimum ?? maximum)
  const shown = limit.toLocaleString('en-US')
  const atLeast = minimum !== undefined
  if (origin === 'number' || origin === 'int') {
    if (inclusive) return `Enter ${shown} or ${atLeast ? 'more' : 'less'}.`
    return `Enter ${atLeast ? 'more' : 'less'} than ${shown}.`
  }
  const unit = { string: 'character', array: 'entry' }[origin]
  if (unit === undefined) return undefined
  if (atLeast && limit === 1) return origin === 'string' ? 'Fill this in.' : 'Add at least one.'
  const units = limit === 1 ? unit : origin === 'string' ? 'characters' : 'entries'
  return `Use ${shown} ${units} or ${atLeast ? 'more' : 'fewer'}.`
}

z.config({
  customError: (issue) => {
    if (issue.code === 'too_small') return limitText({ ...issue, maximum: undefined })
    if (issue.code === 'too_big') return limitText({ ...issue, minimum: undefined })
    return issue.code === 'invalid_type' && issue.expected === 'int' ? 'Enter a whole number.' : undefined
  },
})
