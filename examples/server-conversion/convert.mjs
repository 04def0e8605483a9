import { createClient, GoodwordError, NoAnswerError } from '@goodword/client'

const secretKey = process.env.GOODWORD_KEY
const baseUrl = process.env.GOODWORD_SERVER ?? 'http://localhost:3000'
const [code, invoice = '1042'] = process.argv.slice(2)

if (!secretKey?.startsWith('sk_') || !code) {
  console.error('Usage: GOODWORD_KEY=sk_… node convert.mjs <code of an advocate> [invoice number: 1042]')
  process.exit(1)
}

// What your own system knows about the job. Amounts are in cents.
const job = {
  invoice,
  total: 125_000,
  customer: { name: 'Priya Shah', email: `priya.${invoice}@mail.example` },
}

const goodword = createClient({ baseUrl, secretKey })

try {
  // Keys are derived from your own ids: this script may stop anywhere and be run again, and each change still happens
  // once.
  const referral = await goodword.referrals.create(
    { body: { code, friend: job.customer, externalId: `invoice-${job.invoice}` } },
    { idempotencyKey: `referral-of-invoice-${job.invoice}` },
  )
  console.log(`${referral.friend.name} was referred by ${referral.advocate.name}: ${referral.id}`)

  const convert = () =>
    goodword.referrals.convert(
      { params: { id: referral.id }, body: { jobValue: job.total, invoice: job.invoice } },
      { idempotencyKey: `conversion-of-invoice-${job.invoice}` },
    )

  const { conversion } = await convert()
  console.log(
    `Invoice ${conversion.invoice} over ${money(conversion.jobValue)} earns ${referral.advocate.name} ` +
      `${money(conversion.advocateReward)} and ${referral.friend.name} ${money(conversion.friendReward)}: ${conversion.id}`,
  )

  const again = await convert()
  console.log(`The same call again returns the same conversion: ${again.conversion.id}`)

  function money(minorUnits) {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency: conversion.currency }).format(minorUnits / 100)
  }
} catch (error) {
  if (error instanceof GoodwordError) console.error(`Goodword rejected it (${error.code}): ${error.message}`)
  else if (error instanceof NoAnswerError) console.error(`${error.message} Run this again: nothing happens twice.`)
  else throw error
  process.exitCode = 1
}
