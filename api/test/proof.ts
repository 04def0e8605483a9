import type { SubmitReferral } from '@goodword/contracts'
import { isProof } from '../src/modules/surfaces/embed/proof.ts'

/** The form with a proof of work, found as a program would. */
export function withProof(input: SubmitReferral): SubmitReferral {
  for (let proof = 0; ; proof += 1) if (isProof({ ...input, proof })) return { ...input, proof }
}
