/** The product's mark: one hands over to the other. */
export function Logo({ size }: { size: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b6b5d" />
      <circle cx="9.5" cy="20" r="3.6" fill="#fff" />
      <circle cx="22.5" cy="20" r="3.6" fill="none" stroke="#fff" strokeWidth="2.2" />
      <path
        d="M9.5 12.8c2.6-4.6 9.6-5 12.6-.6"
        fill="none"
        stroke="#7fe0c9"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <path
        d="M23.3 7.6l-.6 5.2-5-1.4"
        fill="none"
        stroke="#7fe0c9"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
