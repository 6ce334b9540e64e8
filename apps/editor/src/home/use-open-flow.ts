import { useNavigate } from '@tanstack/react-router';

export function useOpenFlow(): (id: string) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: '/flows/$id', params: { id } });
}
