import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { cx } from './cx.ts';

/** Rows that belong together under a heading. */
interface GridSection<T> {
  id: string;
  label: string;
  rows: readonly T[];
}

interface Props<T> {
  label: string;
  sections: readonly GridSection<T>[];
  /** True number of rows, -1 when it is not known. */
  rowCount: number;
  keyOf: (row: T) => string;
  nameOf: (row: T, position: number) => string;
  render: (row: T) => ReactNode;
  onOpen: (row: T) => void;
  /** Key of the row that is open beside the list. */
  current?: string | null;
  /** Key of the row that takes focus, when the list appears and whenever it changes; null takes none. */
  focusKey?: string | null;
  /** Called when the last rows come near; for lists that are read page by page. */
  onNearEnd?: () => void;
  footer?: ReactNode;
}

type Line<T> = { kind: 'head'; label: string } | { kind: 'row'; row: T; index: number };

const ROW_HEIGHT = 56;
const HEAD_HEIGHT = 30;
const NEAR_END = 12;

/**
 * A one-column grid of which only the visible rows, and always the focused one, are in the document.
 * Arrows, J and K, Home, End move; Enter opens (APG grid pattern, rows as the only stops).
 */
export function VirtualGrid<T>(props: Props<T>) {
  const { sections, keyOf, onOpen, onNearEnd } = props;
  const lines: Line<T>[] = [];
  const rowLines: number[] = [];
  for (const section of sections) {
    lines.push({ kind: 'head', label: section.label });
    for (const row of section.rows) {
      rowLines.push(lines.length);
      lines.push({ kind: 'row', row, index: rowLines.length - 1 });
    }
  }
  const rows = sections.flatMap((section) => section.rows);
  const [active, setActive] = useState<string | null>(props.focusKey ?? null);
  const found = rows.findIndex((row) => keyOf(row) === active);
  const activeIndex = Math.max(0, found);
  const activeLine = rowLines[activeIndex] ?? 0;

  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(props.focusKey != null);
  const { focusKey = null } = props;
  useEffect(() => {
    if (focusKey === null) return;
    wantsFocus.current = true;
    setActive(focusKey);
    // The row may be the active one already: then nothing renders, and focus is taken here.
    const row = scroller.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]');
    if (row?.dataset['key'] === focusKey) {
      wantsFocus.current = false;
      row.focus({ preventScroll: true });
    }
  }, [focusKey]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (lines[i]?.kind === 'head' ? HEAD_HEIGHT : ROW_HEIGHT),
    getItemKey: (i) => {
      const line = lines[i];
      return line?.kind === 'row' ? keyOf(line.row) : `head ${line?.label ?? i}`;
    },
    overscan: 8,
    rangeExtractor: (range: Range) => {
      const visible = defaultRangeExtractor(range);
      if (visible.includes(activeLine)) return visible;
      return [...visible, activeLine].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (lines.length > 0 && lastShown >= lines.length - NEAR_END) onNearEnd?.();
  }, [lastShown, lines.length, onNearEnd]);

  const takeFocus = useCallback((node: HTMLElement | null, isActive: boolean) => {
    if (node !== null && isActive && wantsFocus.current) {
      wantsFocus.current = false;
      node.focus({ preventScroll: true });
    }
  }, []);

  const moveTo = (index: number) => {
    const row = rows[index];
    const line = rowLines[index];
    if (row === undefined || line === undefined) return;
    wantsFocus.current = true;
    setActive(keyOf(row));
    virtual.scrollToIndex(line === 1 ? 0 : line);
    if (index === activeIndex) wantsFocus.current = false;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      j: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      k: activeIndex - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const index = target[event.key];
    const row = rows[activeIndex];
    if (index !== undefined) moveTo(index);
    else if (event.key === 'Enter' && !event.repeat && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const key = event.target.closest<HTMLElement>('[role=row]')?.dataset['key'];
    const row = rows.find((each) => keyOf(each) === key);
    if (row !== undefined) onOpen(row);
  };

  const groups = sections.map((section) => section.label);
  const headLine = groups.map((label) =>
    lines.findIndex((line) => line.kind === 'head' && line.label === label),
  );
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.rowCount}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="relative w-full"
        style={{ height: virtual.getTotalSize() }}
      >
        {groups.map((label, group) => {
          const from = headLine[group] ?? 0;
          const to = headLine[group + 1] ?? lines.length;
          const mounted = items.filter((item) => item.index >= from && item.index < to);
          if (!mounted.some((item) => lines[item.index]?.kind === 'row')) return null;
          return (
            <div key={label} role="rowgroup" aria-label={label}>
              {mounted.map((item) => {
                const line = lines[item.index];
                if (line === undefined) return null;
                const place = { transform: `translateY(${item.start}px)` };
                if (line.kind === 'head')
                  return (
                    <div
                      key={item.key}
                      ref={virtual.measureElement}
                      data-index={item.index}
                      aria-hidden="true"
                      className="absolute inset-x-0 top-0 px-3 pt-3 pb-1 text-xs font-semibold text-muted"
                      style={place}
                    >
                      {line.label}
                    </div>
                  );
                const isActive = line.index === activeIndex;
                const key = keyOf(line.row);
                return (
                  <div
                    key={item.key}
                    ref={(node) => {
                      virtual.measureElement(node);
                      takeFocus(node, isActive);
                    }}
                    data-index={item.index}
                    data-key={key}
                    role="row"
                    aria-rowindex={line.index + 1}
                    aria-label={props.nameOf(line.row, line.index + 1)}
                    aria-current={props.current === key ? 'true' : undefined}
                    tabIndex={isActive ? 0 : -1}
                    onFocus={() => setActive(key)}
                    className={cx(
                      'absolute inset-x-0 top-0 cursor-pointer px-1.5 focus-visible:outline-offset-[-3px]',
                    )}
                    style={place}
                  >
                    <div
                      role="gridcell"
                      className={cx(
                        'rounded-md px-1.5 py-2 hover:bg-hover',
                        props.current === key && 'bg-accent-soft',
                      )}
                    >
                      {props.render(line.row)}
                    </div>
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
      {props.footer}
    </div>
  );
}
