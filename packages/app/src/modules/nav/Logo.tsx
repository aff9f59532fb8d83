const threads = [
  { color: '#f4b860', path: 'M6 9c14 0 16 30 36 30' },
  { color: '#7fd1c7', path: 'M6 24h36' },
  { color: '#e8826b', path: 'M6 39c14 0 16-30 36-30' },
];

/** A skein: three threads that cross, with the name beside it where there is room. */
export function Logo(props: { withName: boolean }) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={props.withName ? '0 0 168 48' : '0 0 48 48'}
      height={32}
      aria-hidden
    >
      {threads.map(({ color, path }) => (
        <path
          key={color}
          d={path}
          fill="none"
          stroke={color}
          strokeWidth={5}
          strokeLinecap="round"
        />
      ))}
      {props.withName && (
        <text
          x={60}
          y={34}
          fill="#ffffff"
          fontFamily="Helvetica Neue, Helvetica, Arial, sans-serif"
          fontSize={30}
          fontWeight={600}
          letterSpacing={0.5}
        >
          Skein
        </text>
      )}
    </svg>
  );
}
