import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { patience } from './settled.ts'

export type Mail = { to: string; subject: string; text: string; html: string; headers: Map<string, string> }

/** A mail server that keeps what it receives. `url` is an SMTP_URL. */
export async function startMailSink() {
  const mails: Mail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const mail: Email = await PostalMime.parse(Buffer.concat(chunks))
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ')
        const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
        mails.push({ to, subject: mail.subject ?? '', text: mail.text ?? '', html: mail.html ?? '', headers })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    /** The newest email to an address whose subject matches. Waits for it as long as a slow machine may take. */
    async waitFor(to: string, subject: RegExp = /./): Promise<Mail> {
      for (const began = Date.now(); Date.now() - began < patience; ) {
        const mail = mails.findLast((one) => one.to === to && subject.test(one.subject))
        if (mail) return mail
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(
        `No mail to ${to} about ${subject}. There are: ${mails.map((one) => `${one.to}: ${one.subject}`).join('; ')}`,
      )
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The first link in an email to one of our pages. */
export function linkIn(mail: Mail, part: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => url.includes(part))
  if (!link) throw new Error(`There is no link with ${part} in: ${mail.text}`)
  return link
}
