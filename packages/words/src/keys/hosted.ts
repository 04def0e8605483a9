/** Written by `npm run words` from catalogs/en/hosted.json. */
export type HostedKeys = {
  'hosted.gaveVerb': null
  'hosted.recommends': { advocate: string; organization: string }
  'hosted.recommendsVerb': null
  'hosted.notifyTeam': null
  'hosted.thanked': { advocate: string }
  'hosted.thankedFriend': null
  'hosted.validUntil': { day: string }
  'hosted.preview': { organization: string }
  'hosted.callUs': null
  'hosted.callUsAt': { phone: string }
  'hosted.runWith': null
  'hosted.terms': null
  'hosted.back': null
  'hosted.sentYou': { advocate: string; organization: string }
  'hosted.unknownTitle': null
  'hosted.broke': null
  'hosted.brokeWhy': null
  'hosted.notNow': null
  'hosted.status.pending': null
  'hosted.status.accepted': null
  'hosted.status.converted': null
  'hosted.status.declined': null
  'hosted.status.expired': null
  'hosted.status.reversed': null
  'hosted.stop.ask': { organization: string }
  'hosted.stop.askWhy': { organization: string }
  'hosted.stop.stopped': { organization: string }
  'hosted.stop.stoppedWhy': null
  'hosted.stop.again': null
  'hosted.stop.goneWhy': null
  'hosted.own.since': { day: string }
  'hosted.own.yourCode': null
  'hosted.own.deleteMine': null
  'hosted.own.deleteTitle': null
  'hosted.own.deleteWhat': null
  'hosted.own.deleteAll': null
  'hosted.own.deleteSome': { organization: string }
  'hosted.own.deleteOffer': { organization: string }
  'hosted.own.keep': null
  'hosted.own.deleted': null
  'hosted.own.deletedWhy': null
  'hosted.own.gone': null
  'hosted.own.goneWhy': null
  'hosted.form.check': null
  'hosted.form.title': null
  'hosted.form.titleEmail': null
  'hosted.form.lead': null
  'hosted.form.leadMore': null
  'hosted.form.choose': null
  'hosted.promise.oneCall': null
  'hosted.promise.oneCallWhy': null
  'hosted.promise.price': null
  'hosted.promise.priceWhy': null
  'hosted.promise.saved': { figure: string }
  'hosted.promise.savedWhy': null
  'hosted.promise.savedCredit': { figure: string }
  'hosted.promise.creditWhy': null
  'hosted.promise.codeWhy': null
  'hosted.promise.free': null
  'hosted.promise.freeWhy': null
  'hosted.promise.savedCard': { figure: string }
  'hosted.promise.cardWhy': null
}
