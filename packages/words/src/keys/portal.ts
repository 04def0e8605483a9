/** Written by `npm run words` from catalogs/en/portal.json. */
export type PortalKeys = {
  'portal.title': null
  'portal.loading': null
  'portal.close': null
  'portal.tryAgain': null
  'portal.trying': null
  'portal.saved': null
  'portal.copyByHand': null
  'portal.copyCode': { code: string }
  'portal.error.offline': null
  'portal.error.silent': null
  'portal.error.refused': null
  'portal.error.unchanged': null
  'portal.error.unsent': null
  'portal.error.unasked': null
  'portal.error.linkUnsent': null
  'portal.error.safe': null
  'portal.error.portal': null
  'portal.error.account': null
  'portal.error.more': null
  'portal.error.signedIn': null
  'portal.error.switch': null
  'portal.error.asOf': { moment: string }
  'portal.address.confirmed': null
  'portal.address.unconfirmed': null
  'portal.address.locked': null
  'portal.signIn.no-session.line': null
  'portal.signIn.session-ended.title': null
  'portal.signIn.session-ended.line': null
  'portal.signIn.link-ended.title': null
  'portal.signIn.link-ended.line': null
  'portal.signIn.erased.title': null
  'portal.signIn.erased.line': null
  'portal.signIn.address-waits.title': null
  'portal.signIn.address-waits.line': null
  'portal.signIn.signed-out.title': null
  'portal.signIn.signed-out.line': null
  'portal.signIn.newLink': null
  'portal.signIn.or': null
  'portal.signIn.address': null
  'portal.signIn.hint': null
  'portal.signIn.send': null
  'portal.signIn.sending': null
  'portal.signIn.sentTitle': null
  'portal.signIn.sentTo': { address: string }
  'portal.signIn.other': null
  'portal.signIn.empty': null
  'portal.signIn.fresh': null
  'portal.signIn.onItsWay': null
  'portal.signIn.look': null
  'portal.tap.title': null
  'portal.tap.line': null
  'portal.tap.notYet': null
  'portal.tap.stillWorks': null
  'portal.tap.opening': null
  'portal.greeting.welcome': { name: string }
  'portal.greeting.ready': null
  'portal.greeting.thanks': { name: string }
  'portal.greeting.booked': { count: number }
  'portal.balance.title': null
  'portal.balance.use': null
  'portal.balance.held': { amount: string }
  'portal.balance.next': { day: string }
  'portal.balance.expected': { day: string }
  'portal.balance.all': null
  'portal.balance.none': null
  'portal.balance.owe': { amount: string }
  'portal.balance.oweWhy': null
  'portal.gifts': null
  'portal.history.title': null
  'portal.history.none': null
  'portal.history.earlier': null
  'portal.history.onHold': { day: string }
  'portal.history.owed': { amount: string }
  'portal.loadingMore': null
  'portal.friends.title': null
  'portal.friends.count': { count: number }
  'portal.friends.ask': null
  'portal.friends.askLine': null
  'portal.friends.more': null
  'portal.friends.share': null
  'portal.friends.copy': null
  'portal.status.pending': { day: string }
  'portal.status.accepted': null
  'portal.status.converted': null
  'portal.status.declined': null
  'portal.status.expired': null
  'portal.status.reversed': null
  'portal.lead.waiting': null
  'portal.lead.next': null
  'portal.lead.because': null
  'portal.step.nth': { nth: number }
  'portal.step.held': null
  'portal.step.state': { state: string }
  'portal.how.title': null
  'portal.how.terms': null
  'portal.campaign.label': null
  'portal.campaign.closed': { campaign: string }
  'portal.campaign.closedTitle': { campaign: string }
  'portal.campaign.closedLine': null
  'portal.business': null
  'portal.foot.questions': null
  'portal.foot.signOut': null
  'portal.account.mine': { initials: string }
  'portal.account.title': null
  'portal.account.loading': null
  'portal.account.back': null
  'portal.account.line': { organization: string }
  'portal.account.lockedTitle': null
  'portal.account.lockedLine': null
  'portal.account.name': null
  'portal.account.save': null
  'portal.account.addresses': null
  'portal.account.current': null
  'portal.account.remove': null
  'portal.account.removeOne': { address: string }
  'portal.account.removed': null
  'portal.account.another': null
  'portal.account.add': null
  'portal.account.sentTo': { address: string }
  'portal.account.hear': null
  'portal.account.all': null
  'portal.account.allLine': null
  'portal.account.rewards': null
  'portal.account.rewardsLine': null
  'portal.account.nothing': null
  'portal.account.nothingLine': null
  'portal.account.language': null
  'portal.account.languageLine': null
  'portal.account.friendsRead': null
  'portal.account.showName': null
  'portal.account.showNameLine': null
  'portal.account.data': null
  'portal.account.dataLine': null
  'portal.account.download': null
  'portal.account.downloading': null
  'portal.account.downloaded': null
  'portal.erase.title': null
  'portal.erase.keep': null
  'portal.erase.all': null
  'portal.erase.busy': null
  'portal.erase.what': { organization: string }
  'portal.erase.lost': { amount: string }
  'portal.erase.final': null
  'portal.erase.type': null
  'portal.share.noCopy': null
  'portal.message.edit': null
  'portal.message.label': null
  'portal.message.saved': null
  'portal.message.reset': null
  'portal.qr.title': null
  'portal.qr.of': { link: string }
  'portal.qr.failed': null
  'portal.qr.how': null
  'portal.qr.image': null
  'portal.qr.print': null
  'portal.qr.card': null
  'portal.card.scan': { advocate: string }
  'portal.card.code': null
  'portal.use.title': null
  'portal.use.fresh': null
  'portal.use.usable': { amount: string }
  'portal.use.cancel': null
  'portal.use.asking': null
  'portal.use.ask': null
  'portal.use.amount': null
  'portal.use.how': null
  'portal.use.next_invoice.title': null
  'portal.use.next_invoice.line': null
  'portal.use.discount_code.title': null
  'portal.use.discount_code.line': null
  'portal.use.payout.title': null
  'portal.use.payout.line': null
  'portal.use.answers': { organization: string }
  'portal.use.enter': { example: string }
  'portal.use.most': { amount: string }
  'portal.requests.title': null
  'portal.requests.open': { day: string; organization: string }
  'portal.requests.done': { day: string }
  'portal.requests.refused': { day: string }
  'portal.requests.withdrawn': { day: string }
  'portal.requests.withdraw': null
  'portal.requests.withdrawOne': { amount: string }
  'portal.leaderboard.title': null
  'portal.leaderboard.head': null
  'portal.leaderboard.lead': null
  'portal.leaderboard.getLink': null
  'portal.leaderboard.listed': null
  'portal.leaderboard.period.month': null
  'portal.leaderboard.period.quarter': null
  'portal.leaderboard.period.year': null
  'portal.leaderboard.period.all': null
  'portal.leaderboard.periods': null
  'portal.leaderboard.friends': { count: number }
  'portal.leaderboard.shared': null
  'portal.leaderboard.first': null
  'portal.leaderboard.nobody': null
  'portal.leaderboard.updated': { moment: string }
  'portal.leaderboard.gone': null
  'portal.leaderboard.goneWhy': null
  'portal.leaderboard.own': { place: number }
  'portal.leaderboard.ownShared': { place: number }
  'portal.leaderboard.would': { place: number }
  'portal.leaderboard.wouldShared': { place: number }
  'portal.leaderboard.next': { count: number; place: number }
  'portal.leaderboard.nextShared': { count: number; place: number }
  'portal.leaderboard.nextAlone': { count: number; place: number }
  'portal.leaderboard.start': { count: number; place: number }
  'portal.leaderboard.startShared': { count: number; place: number }
  'portal.leaderboard.tooFew': { count: number }
  'portal.leaderboard.unchecked': { count: number }
  'portal.leaderboard.none': null
  'portal.leaderboard.you': { name: string }
  'portal.leaderboard.whole': null
  'portal.leaderboard.show': null
  'portal.leaderboard.showLine': { name: string }
  'portal.leaderboard.fresh': null
  'portal.leaderboard.noName': null
  'portal.giftCard.open': null
  'portal.giftCard.locked': { account: string }
}
