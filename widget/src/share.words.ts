import type { Words } from './language.ts'

export const shareWords = {
  link: 'Your link',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Select the link and copy it.',
  shareOn: 'Share your link',
  native: 'Share',
  sms: 'SMS',
  mail: 'Email',
  qr: 'QR code',
  qrOf: 'QR code of your link',
  subject: 'A recommendation: {0}',
} satisfies Words
