import { TextArea, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import type { EditorModel } from './editor.model.ts'
import { Section, WasHint, wasHint } from './parts.tsx'

/** Name, offer text, small print, and where links lead. */
export function NameTab({ model }: { model: EditorModel }) {
  const draft = model.draft.value
  const errors = model.sending.errors.value
  const quoted = (text: string) => `“${text}”`
  return (
    <>
      <Section title="Name" lead="Seen by your team and by advocates.">
        <TextField
          label="Campaign name"
          width="min(360px, 100%)"
          value={draft.name}
          error={errors.name}
          hint={wasHint(model, 'name', quoted)}
          onInput={(name) => model.edit({ name })}
        />
      </Section>
      <Section
        title="The offer"
        lead="Completes “$20 off …” or “$20 credit after …” on the form and on the hosted page."
      >
        <TextField
          label="Applies to"
          optional
          width="min(360px, 100%)"
          placeholder="your first plumbing visit"
          value={draft.friendOffer}
          error={errors.friendOffer}
          hint={wasHint(model, 'friendOffer', quoted, 'Lowercase, as in “your first plumbing visit”.')}
          onInput={(friendOffer) => model.edit({ friendOffer })}
        />
        <div class="wide">
          <TextArea
            label="Small print"
            optional
            rows={4}
            value={draft.termsText}
            error={errors.termsText}
            hint={wasHint(model, 'termsText', quoted, 'Shown under Terms on the hosted page.')}
            onInput={(termsText) => model.edit({ termsText })}
          />
        </div>
      </Section>
      <Section
        title="Message to send"
        lead="The text of an advocate’s message, before the link. Advocates can edit it."
      >
        <div class="wide">
          <TextArea
            label="Message"
            optional
            rows={3}
            value={draft.shareText}
            error={errors.shareText}
            hint={wasHint(model, 'shareText', quoted, 'Leave blank for our default. The link is added automatically.')}
            onInput={(shareText) => model.edit({ shareText })}
          />
        </div>
      </Section>
      <Section
        title="Where links lead"
        lead="The hosted page works without a website. Your own page needs the snippet."
      >
        <Segmented
          label="Where links lead"
          value={draft.linkTarget}
          options={[
            { value: 'hosted', label: 'Hosted page' },
            { value: 'page', label: 'Your own page' },
          ]}
          onChange={(linkTarget) => model.edit({ linkTarget })}
        />
        <WasHint
          model={model}
          name="linkTarget"
          show={(text) => (text === 'page' ? 'your own page' : 'the hosted page')}
        />
        {draft.linkTarget === 'page' && (
          <TextField
            label="Address of the page"
            type="url"
            width="min(420px, 100%)"
            placeholder="https://www.example.com/refer"
            value={draft.landingUrl}
            error={errors.landingUrl}
            hint={wasHint(model, 'landingUrl', (text) => text, 'The page with the form.')}
            onInput={(landingUrl) => model.edit({ landingUrl })}
          />
        )}
      </Section>
    </>
  )
}
