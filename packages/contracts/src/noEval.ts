import * as z from 'zod'

// Our pages forbid eval, and even the probe for it is reported as a violation. A server compiles its schemas.
z.config({ jitless: 'document' in globalThis })
