import * as z from 'zod'
import { SettingError } from './shared/settingError.ts'

const flag = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], 'Use on or off.')
    .default(fallback)
    .transform((value) => value === 'on')
const port = (fallback: number) =>
  z.coerce.number('Use a number.').int().min(0).max(65_535, 'Use a port up to 65535.').default(fallback)

const Environment = z.object({
  /** The host and port the server listens on. */
  PORT: port(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** The address people open. Cookies, links and the snippet are built from it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: 'Use an address such as https://refer.example.com.' })
    .transform((url) => new URL(url).origin)
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|https?:\/\/|libsql:\/\/)/, 'Start it with file:, http://, https:// or libsql://.')
    .default('file:./data/goodword.db'),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  /** smtp://name:password@host:587. Without it, emails are saved and shown in the console but not sent. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, message: 'Use an address such as smtp://name:password@mail.example.com:587.' })
    .optional(),
  MAIL_FROM: z.string().min(3).default('Goodword <goodword@localhost>'),
  /**
   * The account, token and number that send texts. Without them, texts are saved and shown in the console but not sent.
   */
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'Use a number such as +14155550100.')
    .optional(),
  TWILIO_BASE_URL: z
    .url({ protocol: /^https?$/, message: 'Use an address such as https://api.twilio.com.' })
    .default('https://api.twilio.com'),
  /**
   * Whether Twilio answers STOP, START and HELP itself, as it does unless that was switched off there. Then only what it doesn't
   * know is answered here.
   */
  TWILIO_ANSWERS_STOP: flag('on'),
  /** Where Tremendous's API is, instead of its production or sandbox. For tests. */
  TREMENDOUS_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How many proxies in front of the server set X-Forwarded-For. With 0 the header is ignored. */
  TRUST_PROXY: z.coerce.number('Use a number.').int().min(0).max(10).default(0),
  /** Whether webhooks may use http and addresses in private networks. */
  ALLOW_PRIVATE_WEBHOOKS: flag('off'),
  RATE_LIMITS: flag('on'),
  /** Seeds the demo organization into an empty database and serves its website. */
  DEMO: flag('on'),
  DEMO_PORT: port(3001),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = ReturnType<typeof readConfig>

/** Which channels are set up to send messages. */
export const channelsThatSend = ({ smtpUrl, twilio }: Pick<Config, 'smtpUrl' | 'twilio'>) => ({
  email: smtpUrl !== undefined,
  sms: twilio !== undefined,
})

type Values = z.output<typeof Environment>

/** All three or none, because a text provider that is half configured would silently drop texts. */
function twilioOf(value: Values) {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = value
  if (accountSid && authToken && from)
    return {
      accountSid,
      authToken,
      from,
      baseUrl: value.TWILIO_BASE_URL.replace(/\/+$/, ''),
      answersStop: value.TWILIO_ANSWERS_STOP,
    }
  if (!accountSid && !authToken && !from) return undefined
  throw new SettingError(
    'Texts need all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM. Set all three or none.',
  )
}

/** Reads the settings. Throws SettingError with one sentence that names the setting and says how to fix it. */
export function readConfig(environment: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = String(issue?.path[0])
    throw new SettingError(`The setting ${name}=${given[name] ?? ''} is not valid. ${issue?.message ?? ''}`)
  }
  const value = parsed.data
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
    databaseUrl: value.DATABASE_URL,
    databaseAuthToken: value.DATABASE_AUTH_TOKEN,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    twilio: twilioOf(value),
    tremendousBaseUrl: value.TREMENDOUS_BASE_URL,
    trustProxy: value.TRUST_PROXY,
    allowPrivateWebhooks: value.ALLOW_PRIVATE_WEBHOOKS,
    rateLimits: value.RATE_LIMITS,
    demo: value.DEMO,
    demoPort: value.DEMO_PORT,
    logLevel: value.LOG_LEVEL,
  }
}
