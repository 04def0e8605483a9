import type { CreditKeys } from './credit.ts'
import type { EmailKeys } from './email.ts'
import type { FriendKeys } from './friend.ts'
import type { HostedKeys } from './hosted.ts'
import type { OfferKeys } from './offer.ts'
import type { PortalKeys } from './portal.ts'
import type { StaffKeys } from './staff.ts'
import type { WidgetKeys } from './widget.ts'

/** Every key with its placeholders; null for a message without any. Written by `npm run words`. */
export type Catalog = CreditKeys & EmailKeys & FriendKeys & HostedKeys & OfferKeys & PortalKeys & StaffKeys & WidgetKeys
