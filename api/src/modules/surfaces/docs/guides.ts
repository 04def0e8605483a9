import abuse from '../../../../../docs/guides/abuse.md?raw'
import accessibility from '../../../../../docs/guides/accessibility.md?raw'
import connectJobs from '../../../../../docs/guides/connect-jobs.md?raw'
import consent from '../../../../../docs/guides/consent.md?raw'
import existingForm from '../../../../../docs/guides/existing-form.md?raw'
import giftCards from '../../../../../docs/guides/gift-cards.md?raw'
import identity from '../../../../../docs/guides/identity.md?raw'
import install from '../../../../../docs/guides/install.md?raw'
import links from '../../../../../docs/guides/links.md?raw'
import moving from '../../../../../docs/guides/moving.md?raw'
import serverConversion from '../../../../../docs/guides/server-conversion.md?raw'
import shopify from '../../../../../docs/guides/shopify.md?raw'
import stripe from '../../../../../docs/guides/stripe.md?raw'
import webhooks from '../../../../../docs/guides/webhooks.md?raw'
import woocommerce from '../../../../../docs/guides/woocommerce.md?raw'

/** The files in docs/guides. The first line is the title. */
const guide = (slug: string, text: string) => ({ slug, title: text.split('\n')[0]?.replace(/^#\s*/, '') ?? slug, text })

export const guides = [
  guide('install', install),
  guide('existing-form', existingForm),
  guide('identity', identity),
  guide('server-conversion', serverConversion),
  guide('webhooks', webhooks),
  guide('connect-jobs', connectJobs),
  guide('stripe', stripe),
  guide('shopify', shopify),
  guide('woocommerce', woocommerce),
  guide('links', links),
  guide('gift-cards', giftCards),
  guide('consent', consent),
  guide('abuse', abuse),
  guide('accessibility', accessibility),
  guide('moving', moving),
]
