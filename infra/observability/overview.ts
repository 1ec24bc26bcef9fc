/** The first dashboard: on one screen, how the system stands and what is wrong with it. */
import type { Dashboard } from './dashboard.ts'

export const overview: Dashboard = {
  id: 'earshot-overview',
  title: 'Earshot',
  description: 'How the system stands and what is wrong with it. docs/operating.md says what to do.',
  rows: [
    {
      height: 4,
      panels: [
        {
          title: 'The oldest queued job waits',
          shows: 'now',
          unit: 's',
          worse: 30,
          bad: 300,
          width: 4,
          queries: [{ expr: 'max(earshot_conversions_oldest_queued_seconds)', legend: 'oldest' }],
        },
        {
          title: 'Conversions',
          shows: 'now',
          width: 5,
          queries: [{ expr: 'max by (status) (earshot_conversions_unfinished)', legend: '{{status}}' }],
        },
        {
          title: 'Slots',
          shows: 'now',
          width: 5,
          queries: [
            { expr: 'sum(earshot_converter_jobs_running)', legend: 'taken' },
            { expr: 'sum(earshot_converter_slots)', legend: 'of' },
          ],
        },
        {
          title: 'Dead letters',
          shows: 'now',
          bad: 1,
          width: 5,
          queries: [{ expr: 'max by (queue) (earshot_dead_letters)', legend: '{{queue}}' }],
        },
        {
          title: 'Mails that did not arrive, last hour',
          shows: 'now',
          worse: 1,
          width: 5,
          queries: [
            {
              expr: 'sum(increase(earshot_mails_total{outcome=~"refused|unconfirmed"}[1h]))',
              legend: 'refused',
            },
            {
              expr: 'sum(increase(earshot_mail_reports_total{fate=~"bounced|dropped"}[1h]))',
              legend: 'bounced',
            },
          ],
        },
      ],
    },
    {
      height: 7,
      panels: [
        {
          title: 'Attempts by how they ended, last hour',
          shows: 'bars',
          width: 8,
          queries: [
            { expr: 'sum by (outcome) (increase(earshot_converter_jobs_total[1h]))', legend: '{{outcome}}' },
          ],
        },
        {
          title: 'Failures by code, last hour',
          shows: 'bars',
          worse: 1,
          width: 8,
          queries: [
            { expr: 'sum by (code) (increase(earshot_converter_failures_total[1h]))', legend: '{{code}}' },
          ],
        },
        {
          title: 'Stored blobs',
          shows: 'course',
          unit: 'bytes',
          width: 8,
          queries: [
            { expr: 'max(earshot_blobs_stored_bytes)', legend: 'stored' },
            { expr: 'max(delta(earshot_blobs_stored_bytes[1h]))', legend: 'more than an hour ago' },
          ],
        },
      ],
    },
    {
      height: 7,
      panels: [
        {
          title: 'Free on disks',
          shows: 'course',
          unit: 'bytes',
          width: 6,
          queries: [{ expr: 'min by (pod) (earshot_disk_free_bytes)', legend: '{{pod}}' }],
        },
        {
          title: 'More on disks than an hour ago',
          shows: 'course',
          unit: 'bytes',
          width: 6,
          queries: [{ expr: '-min by (pod) (delta(earshot_disk_free_bytes[1h]))', legend: '{{pod}}' }],
        },
        {
          title: 'Versions',
          shows: 'labels',
          width: 6,
          queries: [{ expr: 'max by (service, version, pod) (earshot_build_info)' }],
        },
        {
          title: 'Sandbox of ffmpeg',
          shows: 'labels',
          width: 6,
          queries: [{ expr: 'max by (walls, pod) (earshot_ffmpeg_sandbox)' }],
        },
      ],
    },
  ],
}
