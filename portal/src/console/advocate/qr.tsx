import { encode } from 'uqr'
import { Button } from '../../shared/ui/button.tsx'

/** Width of the white border that scanners need, in modules (ISO/IEC 18004). */
const quietZone = 4

function qrPath(link: string) {
  const { data, size } = encode(link, { ecc: 'M', border: 0 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { path, size }
}

/** The link as a QR code, with a download for print. */
export function QrCode({ link, name }: { link: string; name: string }) {
  const { path, size } = qrPath(link)
  const side = size + 2 * quietZone
  const save = () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-quietZone} ${-quietZone} ${side} ${side}" shape-rendering="crispEdges"><rect x="${-quietZone}" y="${-quietZone}" width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    const anchor = document.createElement('a')
    anchor.href = address
    anchor.download = `${name}.svg`
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <div class="qrbox">
      <figure class="qr">
        <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`QR code of ${link}`} shape-rendering="crispEdges">
          <path fill="#1d1a17" d={path} />
        </svg>
      </figure>
      <Button size="sm" icon="download" onClick={save}>
        Save for print
      </Button>
    </div>
  )
}
