/**
 * What monitoring tells: each alert is kept once, those that belong together become the draft of an outage on what they name, and staff see
 * at one place what fires and who would be told. Nothing goes to customers without them, unless the policy says so of a source.
 */
export { keepAlerts } from './keep.ts';
export type {
  Admission,
  Alert,
  AlertFault,
  AlertReceiver,
  AlertRequest,
  AlertsRead,
  AlertsSent,
  AlertsTaken,
  SupplierWork,
} from './model.ts';
export { takeAlerts, takeWorksOf } from './take.ts';
export { tellOfSupplier } from './unplaced.ts';
