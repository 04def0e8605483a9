import { CopyButton } from '../../shared/ui/copy.tsx'

/** A discount code, ready to be copied. */
export const CodeLine = ({ code }: { code: string }) => (
  <span class="codeline">
    <code>{code}</code>
    <CopyButton text={code} what={`the code ${code}`} />
  </span>
)
