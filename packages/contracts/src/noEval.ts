import * as z from 'zod'

// Our pages forbid eval, and even zod's check for it is reported as a violation. On a server, schemas are
// compiled.
z.config({ jitless: 'document' in globalThis })
