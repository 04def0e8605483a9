export { erasedName } from '@goodword/domain'
