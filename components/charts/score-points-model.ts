/** Where a point stands in a drawing, in pixels. */
export interface Place {
  x: number;
  y: number;
}

/** Circles of one radius as one path. Places that are not numbers are left out. */
export function dotsPath(places: readonly Place[], radius: number): string {
  return places
    .filter(isPlaced)
    .map(
      ({ x, y }) =>
        `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`,
    )
    .join("");
}

/**
 * Index of the place nearest to a pointer; of several as near the last, which is drawn on top. Null when none is within
 * reach.
 */
export function nearestPlace(places: readonly Place[], at: Place, reach: number): number | null {
  let nearest: number | null = null;
  let least = reach;
  places.forEach((place, index) => {
    const away = isPlaced(place) ? Math.hypot(place.x - at.x, place.y - at.y) : Number.POSITIVE_INFINITY;
    if (away > least) return;
    least = away;
    nearest = index;
  });
  return nearest;
}

function isPlaced({ x, y }: Place): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

const round = (value: number): number => Math.round(value * 10) / 10;
