/** Everything about one person: to be handed to them, or to be erased. */
export { type Erased, erasePerson } from './erase.ts';
export { type ExportOptions, exportPerson, type PersonExport } from './export.ts';
