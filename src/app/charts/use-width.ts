import { useCallback, useState, type RefCallback } from "react";

/** The element's width in whole pixels, 0 until it is laid out. Charts are drawn again for it, never scaled. */
export function useWidth<E extends HTMLElement>(): [RefCallback<E>, number] {
  const [width, setWidth] = useState(0);
  // A callback, since the element may come and go while the component stays.
  const ref = useCallback((element: E | null) => {
    if (element === null) return undefined;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => {
      if (element.isConnected) setWidth(Math.floor(element.clientWidth));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
