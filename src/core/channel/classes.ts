/** Classes of deliveries, most urgent first. */
export const deliveryClasses = ['page', 'reply', 'outage', 'reminder', 'maintenance', 'digest'] as const;

/** How urgent a delivery is: a broadcast never delays a reply. */
export type DeliveryClass = (typeof deliveryClasses)[number];

/** 0 for the most urgent class. */
export function rankOf(value: DeliveryClass): number {
  return deliveryClasses.indexOf(value);
}
