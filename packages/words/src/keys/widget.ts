/** Written by `npm run words` from catalogs/en/widget.json. */
export type WidgetKeys = {
  'widget.sentYou': { advocate: string; organization: string }
  'widget.form.who': null
  'widget.form.whoHint': null
  'widget.form.code': null
  'widget.form.choose': null
  'widget.form.sending': null
  'widget.form.busy': null
  'widget.form.again': null
  'widget.form.test': null
  'widget.form.needWho': null
  'widget.form.areaCode': null
  'widget.form.lastTwo': null
  'widget.form.lastOne': null
  'widget.form.endOfEmail': null
  'widget.form.tell': { organization: string }
  'widget.form.from': { advocate: string; organization: string }
  'widget.form.notSentCall': { phone: string }
  'widget.form.unsure': null
  'widget.form.unsureCall': { phone: string }
  'widget.banner.gift': null
  'widget.banner.see': null
  'widget.banner.dismiss': null
  'widget.launcher.refer': null
  'widget.launcher.offer': null
  'widget.launcher.shut': null
  'widget.share.link': null
  'widget.share.copy': null
  'widget.share.copied': null
  'widget.share.copyByHand': null
  'widget.share.shareOn': null
  'widget.share.native': null
  'widget.share.sms': null
  'widget.share.qr': null
  'widget.share.qrOf': null
  'widget.share.subject': { organization: string }
  'widget.share.email': null
}
