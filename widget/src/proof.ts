const blockBytes = 16_384
/** So many hashes are asked for at once, and then the page may do something else. */
const batch = 16

const letPageWork = () => new Promise((resolve) => setTimeout(resolve))

/**
 * Finds the number for which SHA-256 of "<number>.<challenge>", filled up with zeros, begins with `bits` zero bits. The
 * browser hashes outside the page's thread, in small batches, so that the page stays responsive. Null where it can't: on a
 * page without https.
 */
export async function prove(challenge: string, bits: number): Promise<number | null> {
  const { subtle } = crypto
  if (!subtle) return null
  const encoder = new TextEncoder()
  const blocks = Array.from({ length: batch }, () => new Uint8Array(blockBytes))
  const hashOf = async (block: Uint8Array<ArrayBuffer>, number: number) => {
    // A longer number only moves what follows it, so nothing of the last one stays.
    encoder.encodeInto(`${number}.${challenge}`, block)
    return new DataView(await subtle.digest('SHA-256', block)).getUint32(0)
  }
  for (let first = 0; ; first += batch) {
    const found = await Promise.all(blocks.map((block, at) => hashOf(block, first + at)))
    const at = found.findIndex((start) => start >>> (32 - bits) === 0)
    if (at >= 0) return first + at
    await letPageWork()
  }
}
