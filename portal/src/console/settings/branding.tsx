import { initials } from '@goodword/domain'
import { useId, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Field } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { isColor, type OrganizationModel } from './organization.model.ts'

const pictures = 'image/png,image/jpeg,image/webp'

function Logo({ model, writable }: { model: OrganizationModel; writable: boolean }) {
  const { me, toasts } = useConsole()
  const { logo, name, brandColor } = me.organization
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { busy, errors, failure } = model.picture
  const error = errors.value.image ?? failure.value?.sentence
  const choose = async (file: File | undefined) => {
    if (file && (await model.upload(file))) toasts.show({ text: 'Logo updated.' })
    if (input.current) input.current.value = ''
  }
  return (
    <div class="field logo-field">
      <span class="label">Logo</span>
      <div class="logo-row">
        {logo ? (
          <img class="logo-now" src={logo} alt={`Logo of ${name}`} />
        ) : (
          <span class="logo-now none" style={{ '--biz': brandColor }} aria-hidden="true">
            {initials(name)}
          </span>
        )}
        <span class="logo-acts">
          <input
            ref={input}
            id={id}
            class="sr-only"
            type="file"
            accept={pictures}
            tabIndex={-1}
            aria-label="Logo file"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          {writable && (
            <Button busy={busy.value} onClick={() => input.current?.click()}>
              {logo ? 'Replace logo' : 'Upload a logo'}
            </Button>
          )}
          {writable && logo && (
            <Button look="quiet" icon="trash" busy={busy.value} onClick={() => void model.removeLogo()}>
              Remove
            </Button>
          )}
        </span>
      </div>
      <span class="hint">PNG, JPEG or WebP, at most 200 kB and 2,000 pixels each way. It is shown on white.</span>
      {error && <Notice tone="bad">{error}</Notice>}
    </div>
  )
}

/** How the color looks on public pages; a color with too little contrast is adjusted. */
function Preview({ color, theme }: { color: string; theme: 'light' | 'dark' }) {
  const { organization } = useConsole().me
  return (
    <figure class="brand-preview" data-theme={theme} data-brand="" style={{ '--gw-brand': color }}>
      <figcaption>{theme === 'light' ? 'In light' : 'In dark'}</figcaption>
      <div class="paper" aria-hidden="true">
        <span class="gift">
          <b>$20 off</b>
          <small>your first visit to {organization.name}</small>
        </span>
        <span class="btn primary">Claim my $20</span>
        <span class="more-link">
          How it works <Icon name="arrow-right" />
        </span>
      </div>
    </figure>
  )
}

/** Logo and color. Text on the color, and the color as text, always have enough contrast. */
export function Branding({ model, writable }: { model: OrganizationModel; writable: boolean }) {
  const { brandColor } = model.draft.value
  const shown = model.color.value
  return (
    <section class="card">
      <header>
        <h2>Look</h2>
      </header>
      <div class="body fields">
        <Logo model={model} writable={writable} />
        <Field
          label="Color"
          hint="Used for buttons, links and figures. We adjust it where it would be hard to read."
          error={model.sending.errors.value.brandColor}
        >
          {(control) => (
            <span class="color">
              <input
                type="color"
                aria-label="Choose a color"
                value={shown}
                onInput={(event) => model.set({ brandColor: event.currentTarget.value })}
              />
              <input
                {...control}
                class="input mono"
                value={brandColor}
                spellcheck={false}
                autocomplete="off"
                onInput={(event) => model.set({ brandColor: event.currentTarget.value })}
                onBlur={() => {
                  const typed = `#${brandColor.trim()}`
                  if (isColor(typed)) model.set({ brandColor: typed })
                }}
              />
            </span>
          )}
        </Field>
        <div class="previews">
          <Preview color={shown} theme="light" />
          <Preview color={shown} theme="dark" />
        </div>
      </div>
    </section>
  )
}
