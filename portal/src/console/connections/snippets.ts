import type { ConnectionKind } from '@goodword/contracts'

export const languages = { curl: 'curl', node: 'Node', php: 'PHP' } as const
export type Language = keyof typeof languages

const body = `{"type":"job.completed","data":{"job":"4471","amount":38500,"customer":{"name":"Rosa Medina","phone":"+16285550117"}}}`

/** What signs a sample request, by kind and language. Other kinds are signed by their own systems. */
const signed: Record<'standard_webhooks' | 'hmac' | 'token', Record<Language, (url: string) => string>> = {
  standard_webhooks: {
    curl: (url) => `SECRET='whsec_…'
BODY='${body}'
ID=job-4471-done; TIME=$(date +%s)
KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
SIGNATURE=$(printf %s "$ID.$TIME.$BODY" |
  openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64)
curl -i ${url} \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" \\
  -H "webhook-signature: v1,$SIGNATURE" -d "$BODY"`,
    node: (url) => `import { createHmac } from 'node:crypto'
import { env } from 'node:process'

const body = JSON.stringify(${body})
const [id, time] = ['job-4471-done', Math.floor(Date.now() / 1000)]
const key = Buffer.from(env.SECRET.slice('whsec_'.length), 'base64')
const signature = createHmac('sha256', key).update(id + '.' + time + '.' + body).digest('base64')
const headers = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': 'v1,' + signature }
await fetch('${url}', { method: 'POST', headers, body })`,
    php: (url) => `$body = '${body}';
$id = 'job-4471-done'; $time = time();
$key = base64_decode(substr(getenv('SECRET'), 6));
$signature = base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
$request = curl_init('${url}');
curl_setopt_array($request, [CURLOPT_POSTFIELDS => $body, CURLOPT_HTTPHEADER => [
  "webhook-id: $id", "webhook-timestamp: $time", "webhook-signature: v1,$signature"]]);
curl_exec($request);`,
  },
  hmac: {
    curl: (url) => `SECRET='whsec_…'
BODY='${body}'
TIME=$(date +%s)
SIGNATURE=$(printf %s "$TIME.$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)
curl -i ${url} -H "x-signature: t=$TIME,v1=$SIGNATURE" -d "$BODY"`,
    node: (url) => `import { createHmac } from 'node:crypto'
import { env } from 'node:process'

const body = JSON.stringify(${body})
const time = Math.floor(Date.now() / 1000)
const signature = createHmac('sha256', env.SECRET).update(time + '.' + body).digest('hex')
const headers = { 'x-signature': 't=' + time + ',v1=' + signature }
await fetch('${url}', { method: 'POST', headers, body })`,
    php: (url) => `$body = '${body}';
$time = time();
$signature = hash_hmac('sha256', "$time.$body", getenv('SECRET'));
$request = curl_init('${url}');
curl_setopt_array($request, [CURLOPT_POSTFIELDS => $body,
  CURLOPT_HTTPHEADER => ["x-signature: t=$time,v1=$signature"]]);
curl_exec($request);`,
  },
  token: {
    curl: (url) => `TOKEN='gwt_…'
curl -i ${url} \\
  -H "x-goodword-token: $TOKEN" \\
  -d '${body}'`,
    node: (url) => `import { env } from 'node:process'

const body = JSON.stringify(${body})
const headers = { 'x-goodword-token': env.TOKEN }
await fetch('${url}', { method: 'POST', headers, body })`,
    php: (url) => `$request = curl_init('${url}');
curl_setopt_array($request, [CURLOPT_POSTFIELDS => '${body}',
  CURLOPT_HTTPHEADER => ['x-goodword-token: ' . getenv('TOKEN')]]);
curl_exec($request);`,
  },
}

/** A request that sends a finished job; null for a system that sends its own. */
export const snippetOf = (kind: ConnectionKind, language: Language, url: string): string | null =>
  kind === 'standard_webhooks' || kind === 'hmac' || kind === 'token' ? signed[kind][language](url) : null
