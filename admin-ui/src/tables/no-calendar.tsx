// Stands in for the calendars of `@wordpress/ui` under DataViews. No table here filters by date, so the calendar and
// its date library stay out of a first visit. A field of type `date` with a filter needs the real one back.

export function Calendar() {
	return null;
}

export function RangeCalendar() {
	return null;
}
